package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The page of a report in a real browser. Writes screenshots to the folder of the system property {@code
 * fathom.screenshots}. Skipped with a message if Chromium is missing; the system property {@code fathom.chromium} or the
 * environment variable {@code FATHOM_CHROMIUM} specifies another program than {@code /usr/bin/chromium}.
 */
@Tag("browser")
final class ReportPageIT {
    @TempDir
    private static Path folder;
    private static Playwright playwright;
    private static Browser chromium;
    private static String address;

    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        String fromEnvironment = System.getenv().getOrDefault("FATHOM_CHROMIUM", "/usr/bin/chromium");
        Path program = Path.of(System.getProperty("fathom.chromium", fromEnvironment));
        assumeTrue(Files.isExecutable(program), "SKIPPED the report page: no Chromium at " + program
                + "; install it (apt-get install chromium) or set -Dfathom.chromium=PATH");
        ReportedDataset.create(folder);
        Path html = folder.resolve("report.html");
        CommandLineRun run = new CommandLineRun(folder).run("report", ReportedDataset.NAME, "--slice", "tag", "--html",
                html.toString());
        assertThat(run.code()).isZero();
        address = html.toUri().toString();
        playwright = Playwright.create();
        chromium = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(program)
                .setHeadless(true).setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() {
        open(1280, ColorScheme.LIGHT);
    }

    private void open(int width, ColorScheme scheme) {
        if (context != null) {
            context.close();
        }
        context = chromium
                .newContext(new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
        page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(address);
    }

    @AfterEach
    void closeAndRequireNoMessageAndNoRequest() {
        context.close();
        assertThat(complaints).isEmpty();
        assertThat(requests.stream().filter(url -> !url.startsWith("data:")).distinct().toList())
                .containsExactly(address);
    }

    @Test
    void thePageStatesItsProtocolsAndShowsChartsAndPictures() {
        assertThat(page.title()).contains(ReportedDataset.NAME);
        assertThat(page.locator("h2").allTextContents()).contains("Protocol article-fixed", "Protocol article-aligned",
                "Where the error is");
        assertThat(page.locator("figure > svg").count()).isGreaterThan(5);
        assertThat((Boolean) page
                .evaluate("() => [...document.images].every(image => image.complete && image.naturalWidth > 0)"))
                .isTrue();
        assertThat(page.locator("img").count()).isGreaterThan(10);
        screenshot("report-light");
    }

    @Test
    void hostileNamesAreText() {
        assertThat(page.locator("td", new Page.LocatorOptions().setHasText(ReportedDataset.HOSTILE)).count())
                .isPositive();
        assertThat(page.locator("img[src=x]").count()).isZero();
    }

    @Test
    void headingsSortNumbersAndWordsAndReverse() {
        Locator table = page.locator("table").first();
        Locator rmse = table.locator("th button").nth(3);
        rmse.click();
        List<Double> up = numbers(table);
        assertThat(up).isSorted();
        assertThat(table.locator("th").nth(3).getAttribute("aria-sort")).isEqualTo("ascending");
        rmse.click();
        assertThat(numbers(table)).isEqualTo(up.reversed());
        table.locator("th button").nth(1).click();
        assertThat(table.locator("tbody tr td:nth-child(2)").allTextContents()).isSorted();
        assertThat(table.locator("th[aria-sort]").count()).isEqualTo(1);
    }

    private static List<Double> numbers(Locator table) {
        return table.locator("tbody tr td:nth-child(4)").all().stream()
                .map(cell -> Double.valueOf(cell.getAttribute("data-value"))).toList();
    }

    @Test
    void darkAndNarrowScreensShowEverythingWithoutScrollingThePageSideways() {
        open(1280, ColorScheme.DARK);
        assertThat(page.evaluate("() => getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(31, 31, 31)");
        screenshot("report-dark");
        open(390, ColorScheme.DARK);
        assertThat((Boolean) page
                .evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
        screenshot("report-phone");
    }

    @Test
    void printedPagesAreLightEvenIfTheScreenIsDark() {
        open(1280, ColorScheme.DARK);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.setViewportSize(794, 1123);
        screenshot("report-print");
        assertThat(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat((Boolean) page
                .evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
    }

    private void screenshot(String name) {
        String target = System.getProperty("fathom.screenshots");
        if (target != null) {
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(target).resolve(name + ".png")).setFullPage(true));
        }
    }
}
