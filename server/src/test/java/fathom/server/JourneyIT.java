package fathom.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import fathom.datasets.Datasets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * User journeys in a real browser over a small dataset. Writes screenshots to the folder of the system property
 * {@code fathom.screenshots}. Skipped with a message if Chromium is missing; the system property {@code fathom.chromium} or the
 * environment variable {@code FATHOM_CHROMIUM} specifies another program than {@code /usr/bin/chromium}.
 */
@Tag("browser")
final class JourneyIT {
    private static final int COUNT = 60;
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader");
    private static final String SETTLED = "() => document.querySelectorAll('.tile-overlay').length > 0";
    @TempDir
    private static Path folder;
    private static Datasets datasets;
    private static AppServer server;
    private static Playwright playwright;
    private static Browser chromium;

    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        String fromEnvironment = System.getenv().getOrDefault("FATHOM_CHROMIUM", "/usr/bin/chromium");
        Path program = Path.of(System.getProperty("fathom.chromium", fromEnvironment));
        assumeTrue(Files.isExecutable(program), "SKIPPED the browser journey: no Chromium at " + program
                + "; install it (apt-get install chromium) or set -Dfathom.chromium=PATH");
        datasets = Rooms.create(folder, "rooms", COUNT);
        server = AppServer.start(AppOptions.of(datasets).withDataset("rooms").withPort(0));
        playwright = Playwright.create();
        chromium = playwright.chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setHeadless(true).setArgs(FLAGS));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.newContext(
                new Browser.NewContextOptions().setViewportSize(1440, 900).setColorScheme(ColorScheme.LIGHT));
        page = context.newPage();
        page.setDefaultTimeout(15_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(server.url());
        page.waitForFunction(SETTLED);
    }

    @AfterEach
    void closeAndRequireNoConsoleErrors() {
        context.close();
        assertThat(complaints.stream()
                .filter(text -> !text.contains("ReadPixels") && !text.contains("willReadFrequently")).toList())
                .isEmpty();
    }

    @Test
    void gridShowsThumbnailsAndTruthAndRemovesTheTokenFromTheAddress() {
        assertThat(page.locator(".tile").first()).isVisible();
        assertThat(page.getByLabel("Samples shown")).hasText(COUNT + " samples");
        waitForColours(page.locator(".tile-overlay").first());
        assertThat(page.url()).doesNotContain("token");
        assertThat(page.title()).isEqualTo("rooms · Fathom");
        assertThat(page.locator(".tile").count()).isLessThan(COUNT);
        screenshot("grid-light");
    }

    @Test
    void mouseAndKeysToggleLayersAndShiftHidesThem() {
        Locator truth = page.getByRole(AriaRole.SWITCH, named("Show Truth · gt"));
        assertThat(truth).isChecked();
        truth.click();
        assertThat(truth).not().isChecked();
        assertThat(page.url()).doesNotContain("gt");

        page.keyboard().press("4");
        Locator dpt = page.getByRole(AriaRole.SWITCH, named("Show dpt"));
        assertThat(dpt).isChecked();
        waitForColours(page.locator(".tile-overlay").first());
        page.getByRole(AriaRole.SWITCH, named("Show flat")).click();
        page.waitForURL(Pattern.compile(".*layers=rgb%2Cdpt%2Cflat.*"));
        screenshot("grid-predictions");

        Locator overlay = page.locator(".tile-overlay").first();
        assertThat(overlay).isVisible();
        page.keyboard().down("Shift");
        assertThat(overlay).isHidden();
        assertThat(page.locator(".tile-image").first()).isVisible();
        screenshot("grid-shift-held");
        page.keyboard().up("Shift");
        assertThat(overlay).isVisible();
    }

    @Test
    void gridShowsLayersSideBySide() {
        page.keyboard().press("4");
        page.keyboard().press("s");
        Locator panels = page.locator(".tile").first().locator(".tile-picture");
        assertThat(panels).hasCount(3);
        waitForColours(panels.nth(2).locator(".tile-overlay"));
        page.waitForURL(Pattern.compile(".*panes=side.*"));
        screenshot("grid-side-by-side");
    }

    @Test
    void colourSchemeRangeAndOpacityChangeThePicture() {
        Locator tile = page.locator(".tile-overlay").first();
        waitForColours(tile);
        page.evaluate("() => { window.sameDocument = true; }");
        String viridis = pixel(tile, 0.9, 0.2);

        page.locator(".schemes-current").click();
        page.getByText("magma", new Page.GetByTextOptions().setExact(true)).click();
        String magma = pixelOtherThan(tile, 0.9, 0.2, viridis);
        screenshot("grid-magma");

        page.getByLabel("Minimum of gt, flat").fill("0.1");
        page.getByLabel("Minimum of gt, flat").press("Enter");
        String stretched = pixelOtherThan(tile, 0.9, 0.2, magma);
        page.waitForURL(Pattern.compile(".*range=m%3A0.1%7E.*"));
        page.getByText("Each map").click();
        pixelOtherThan(tile, 0.9, 0.2, stretched);
        page.waitForURL(Pattern.compile(".*range=m%3Amap.*"));

        String opaque = pixel(tile, 0.9, 0.2);
        page.getByLabel("Opacity of Truth · gt").fill("0.4");
        pixelOtherThan(tile, 0.9, 0.2, opaque);
        page.getByLabel("Opacity of Image").fill("0.5");
        assertThat(page.locator(".tile-image").first()).hasCSS("opacity", "0.5");
        String holes = pixel(tile, 0.02, 0.02);
        assertThat(holes).isEqualTo("0,0,0,0");
        page.getByLabel("Mark missing").check();
        pixelOtherThan(tile, 0.02, 0.02, holes);
        assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
    }

    @Test
    void filterSliderSelectsTheSamplesInItsRange() {
        Locator least = page.getByRole(AriaRole.SLIDER, named("dpt RMSE: minimum"));
        least.focus();
        for (int i = 0; i < 10; i++) {
            page.keyboard().press("Shift+ArrowRight");
        }
        assertThat(page.getByLabel("Samples shown")).not().hasText(COUNT + " samples");
        String fewer = page.getByLabel("Samples shown").innerText();
        assertThat(Integer.parseInt(fewer.split(" ")[0])).isBetween(1, COUNT - 5);

        page.getByLabel("dpt RMSE at least").fill("70");
        page.getByLabel("dpt RMSE at least").press("Enter");
        assertThat(page.getByLabel("Samples shown")).hasText("9 of " + COUNT + " samples");
        page.getByLabel("Sort by").selectOption("dpt.article.rmse");
        assertThat(page.locator(".tile-number").first()).containsText("RMSE 78");
        screenshot("grid-filtered");
        page.getByLabel("Remove the filter on dpt RMSE").click();
        assertThat(page.getByLabel("Samples shown")).hasText(COUNT + " samples");
    }

    @Test
    void sampleViewZoomsAndShowsTheStoredValueWithItsUnit() {
        page.locator(".tile").nth(2).click();
        Locator pane = page.locator(".pane");
        waitForColours(pane.locator("canvas[data-layer=gt]"));
        assertThat(page.locator(".sample-name")).hasText("rooms/2");

        hover(pane, 100, 20);
        String expected = String.format(Locale.ROOT, "%.3f m", Rooms.millimetres(2, 20, 100) / 1000.0);
        assertThat(page.locator("dd[data-layer=gt]")).hasText(expected);
        assertThat(page.locator("dd[data-layer=flat]"))
                .hasText(String.format(Locale.ROOT, "%.3f m", 4.5 - 0.05 * 10 + 0.02));
        hover(pane, 3, 3);
        assertThat(page.locator("dd[data-layer=gt]")).hasText("missing");
        screenshot("sample-stacked");

        hover(pane, 100, 20);
        for (int i = 0; i < 4; i++) {
            page.mouse().wheel(0, -300);
        }
        assertThat(page.locator(".sample-zoom")).hasText("1600%");
        assertThat(page.locator("dd[data-layer=gt]")).hasText(expected);
        screenshot("sample-zoomed");
        page.keyboard().press("0");
        assertThat(page.locator(".sample-zoom")).hasText("100%");
    }

    @Test
    void arrowKeysChangeTheSampleAndEscapeReturnsToTheGrid() {
        page.locator(".tile").first().click();
        assertThat(page.locator(".sample-name")).hasText("rooms/0");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".sample-name")).hasText("rooms/2");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator(".sample-name")).hasText("rooms/1");
        assertThat(page.locator(".pane .overlay")).hasCount(1);
        page.keyboard().down("Shift");
        assertThat(page.locator(".pane .overlay")).isHidden();
        page.keyboard().up("Shift");
        assertThat(page.locator(".pane .overlay")).isVisible();
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(page.locator(".sample-name")).hasText("rooms/41");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.LINK, named("rooms/41"))).isFocused();
        page.keyboard().press("ArrowLeft");
        assertThat(page.getByRole(AriaRole.LINK, named("rooms/40"))).isFocused();
        page.goBack();
        assertThat(page.locator(".sample-name")).isVisible();
    }

    @Test
    void questionMarkKeyShowsTheHelp() {
        page.keyboard().press("?");
        Locator help = page.getByRole(AriaRole.DIALOG, named("Keyboard shortcuts"));
        assertThat(help).isVisible();
        assertThat(help).containsText("hide the overlays");
        screenshot("help");
        page.keyboard().press("Escape");
        assertThat(help).isHidden();
    }

    @Test
    void linkRestoresTheScreen() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.locator(".tile").nth(4).click();
        page.keyboard().press("3");
        page.keyboard().press("4");
        page.keyboard().press("s");
        page.keyboard().press("c");
        page.keyboard().press("+");
        assertThat(page.locator(".pane")).hasCount(4);
        page.waitForURL(Pattern.compile(".*view=1.5.*"));
        String link = page.url();

        Page other = context.newPage();
        other.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        other.navigate(link);
        assertThat(other.locator(".pane")).hasCount(4);
        assertThat(other.locator(".sample-name")).hasText("rooms/4");
        assertThat(other.locator(".sample-zoom")).hasText("150%");
        assertThat(other.locator(".schemes-current")).not().containsText("viridis");
        waitForColours(other.locator("canvas[data-layer=dpt]"));
        assertThat(other.url()).isEqualTo(link);
        other.screenshot(new Page.ScreenshotOptions().setPath(file("sample-side-by-side-dark")));
    }

    @Test
    void auxiliaryMapIsALayerWithItsOwnColoursAndLegend() {
        Rooms.create(folder, "further", 4);
        Rooms.addFurther(datasets, "further");
        page.navigate("http://127.0.0.1:" + server.port() + "/datasets/further");
        page.getByRole(AriaRole.SWITCH, named("Show moge · uncertainty")).click();
        waitForColours(page.locator(".tile").nth(2).locator(".tile-overlay"));
        screenshot("grid-uncertainty");
        page.locator(".tile").nth(2).click();
        Locator pane = page.locator(".pane");
        Locator uncertainty = pane.locator("canvas[data-layer='moge.uncertainty']");
        waitForColours(uncertainty);
        hover(pane, 100, 20);
        assertThat(page.locator("dd[data-layer='moge.uncertainty']")).hasText("0.510 m");
        assertThat(page.locator(".legend")).containsText("moge · uncertainty");
        String viridis = pixel(uncertainty, 0.9, 0.2);
        page.getByLabel("Colour scheme of other maps: viridis").click();
        page.getByRole(AriaRole.GROUP, named("Colour scheme of other maps")).getByText("magma").click();
        pixelOtherThan(uncertainty, 0.9, 0.2, viridis);
        page.waitForURL(Pattern.compile(".*mapcolours=magma.*"));
        page.getByRole(AriaRole.GROUP, named("Range of moge · uncertainty")).getByText("Dataset").click();
        page.waitForURL(Pattern.compile(".*range=moge.uncertainty%3Adataset.*"));
        screenshot("sample-uncertainty");
    }

    @Test
    void masksAndNormalsHaveFixedColours() {
        Rooms.create(folder, "vectors", 4);
        Rooms.addFurther(datasets, "vectors");
        page.navigate(
                "http://127.0.0.1:" + server.port() + "/datasets/vectors?panes=side&layers=rgb,moge.mask,moge.normal");
        page.locator(".tile").nth(2).click();
        Locator normals = page.locator("canvas[data-layer='moge.normal']");
        waitForColours(normals);
        assertThat(pixel(normals, 0.3, 0.5)).isIn("128,128,0,255", "127,127,0,255");
        assertThat(pixel(normals, 0.9, 0.5)).isIn("204,128,25,255", "204,127,25,255", "204,128,26,255",
                "204,127,26,255");
        assertThat(pixel(normals, 0.05, 0.5)).isEqualTo("0,0,0,0");
        Locator mask = page.locator("canvas[data-layer='moge.mask']");
        assertThat(pixel(mask, 0.05, 0.5)).isEqualTo("68,1,84,255");
        assertThat(pixel(mask, 0.5, 0.5)).isEqualTo("253,231,36,255");
        hover(page.locator(".pane").nth(2), 100, 20);
        assertThat(page.locator("dd[data-layer='moge.normal']")).hasText("0.60, 0.00, -0.80");
        assertThat(page.locator("dd[data-layer='moge.mask']")).hasText("1");
        screenshot("sample-normals");
    }

    @Test
    void damagedMapIsReportedAndThePageStaysUsable() throws IOException {
        Rooms.create(folder, "damaged", 4);
        Rooms.addFurther(datasets, "damaged");
        try (DirectoryStream<Path> maps = Files
                .newDirectoryStream(datasets.home().resolve("datasets/damaged/maps/moge"), "*.uncertainty.npy")) {
            for (Path file : maps) {
                Files.write(file, new byte[]{1, 2, 3});
            }
        }
        page.navigate("http://127.0.0.1:" + server.port() + "/datasets/damaged?layers=rgb,moge.uncertainty");
        page.locator(".tile").nth(2).click();
        Locator alert = page.getByRole(AriaRole.ALERT, named("Layers that failed to load"));
        assertThat(alert).containsText("moge · uncertainty");
        assertThat(alert).containsText("make the prediction again");
        screenshot("sample-damaged");
        page.getByRole(AriaRole.SWITCH, named("Show Truth · gt")).click();
        waitForColours(page.locator("canvas[data-layer=gt]"));
        complaints.removeIf(text -> text.contains("404"));
    }

    @Test
    void changesInTheDatasetAppearWithoutReload() {
        Rooms.create(folder, "growing", 3);
        page.navigate("http://127.0.0.1:" + server.port() + "/datasets/growing");
        assertThat(page.getByLabel("Samples shown")).hasText("3 samples");
        Locator filter = page.getByRole(AriaRole.GROUP, named("Filter by flat seconds"));
        assertThat(filter).hasCount(0);
        try (var dataset = datasets.open("growing")) {
            dataset.samples().getFirst().setNumber("flat.seconds", 1.5);
        }
        assertThat(filter).isVisible();
    }

    @Test
    void pageRequiresTheToken() {
        try (BrowserContext stranger = chromium.newContext()) {
            Page theirs = stranger.newPage();
            assertThat(theirs.navigate("http://127.0.0.1:" + server.port() + "/").status()).isEqualTo(401);
            assertThat(theirs.locator("body").innerText()).contains("printed when the App was last started");
        }
    }

    @Test
    void everyScreenIsAccessible() throws IOException {
        String axe = Files.readString(Path.of(System.getProperty("fathom.axe")));
        assertThat(violations(page, axe)).isEmpty();
        page.locator(".schemes-current").click();
        page.locator(".tile").first().click();
        page.keyboard().press("4");
        waitForColours(page.locator("canvas[data-layer=dpt]"));
        assertThat(violations(page, axe)).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.keyboard().press("s");
        assertThat(page.locator(".pane")).hasCount(3);
        assertThat(violations(page, axe)).isEmpty();
        page.keyboard().press("?");
        assertThat(violations(page, axe)).isEmpty();
    }

    /** Returns the serious and critical violations of WCAG that axe-core finds. */
    private static List<?> violations(Page page, String axe) {
        page.evaluate(axe);
        return (List<?>) page.evaluate("""
                async () => {
                  const result = await axe.run();
                  return result.violations
                    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
                    .map((each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' | '));
                }""");
    }

    /** Moves the pointer to the centre of the picture's pixel (column, row), for any size of the pane. */
    private void hover(Locator pane, int column, int row) {
        BoundingBox box = pane.locator(".pane-picture").boundingBox();
        page.mouse().move(box.x + box.width * (column + 0.5) / Rooms.WIDTH,
                box.y + box.height * (row + 0.5) / Rooms.HEIGHT);
    }

    private static void waitForColours(Locator canvas) {
        canvas.page().waitForCondition(() -> !pixel(canvas, 0.7, 0.3).endsWith(",0"));
    }

    private static String pixelOtherThan(Locator canvas, double x, double y, String before) {
        canvas.page().waitForCondition(() -> !pixel(canvas, x, y).equals(before));
        return pixel(canvas, x, y);
    }

    /** Returns red, green, blue and alpha of a canvas's pixel; (x, y) in [0, 1). */
    private static String pixel(Locator canvas, double x, double y) {
        return (String) canvas.evaluate("""
                (canvas, [x, y]) => [...canvas.getContext('2d')
                  .getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data].join(',')""",
                List.of(x, y));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private void screenshot(String name) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.screenshot(new Page.ScreenshotOptions().setPath(file(name)));
    }

    private static Path file(String name) {
        return Path.of(System.getProperty("fathom.screenshots", "target/screenshots")).resolve(name + ".png");
    }
}
