package fathom.cli;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Checks rules between modules that do not depend on the plan of ARCHITECTURE.md, which {@link HouseTest} checks. */
@AnalyzeClasses(packages = "fathom", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule packagesFormNoCycles = slices().matching("fathom.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rasterSeesOnlyTheJdk = classes().that().resideInAPackage("fathom.raster..").should()
            .onlyDependOnClassesThat().resideInAnyPackage("fathom.raster..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule cacheSeesOnlyTheJdk = classes().that().resideInAPackage("fathom.cache..").should()
            .onlyDependOnClassesThat().resideInAnyPackage("fathom.cache..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule evaluationNeverSeesModels = seesOnly("evaluation", "raster", "formats");

    @ArchTest
    static final ArchRule renderingNeverSeesModels = seesOnly("rendering", "raster");

    @ArchTest
    static final ArchRule nothingSeesTheCommandLine = noClasses().that().resideOutsideOfPackage("fathom.cli..").should()
            .dependOnClassesThat().resideInAPackage("fathom.cli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineSeesTheServer = noClasses().that()
            .resideOutsideOfPackages("fathom.cli..", "fathom.server..").should().dependOnClassesThat()
            .resideInAPackage("fathom.server..");

    @ArchTest
    static final ArchRule onlyTheEngineSeesTheRuntime = noClasses().that()
            .resideOutsideOfPackage("fathom.engine.onnxruntime..").should().dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule onlyTheCommandLineExits = noClasses().that()
            .resideOutsideOfPackages("fathom.cli..", "fathom.examples..").should()
            .callMethod(System.class, "exit", int.class).orShould().accessField(System.class, "out").orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule picturesOfTheJdkStayInTwoRooms = noClasses().that()
            .resideOutsideOfPackages("fathom.formats..", "fathom.rendering..").should().dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..");

    @ArchTest
    static final ArchRule onlyDatasetsSpeaksSql = noClasses().that().resideOutsideOfPackage("fathom.datasets..")
            .should().dependOnClassesThat().resideInAPackage("java.sql..");

    private static ArchRule seesOnly(String room, String... rooms) {
        String[] allowed = new String[rooms.length + 1];
        allowed[0] = room;
        System.arraycopy(rooms, 0, allowed, 1, rooms.length);
        return noClasses().that().resideInAPackage("fathom." + room + "..").should()
                .dependOnClassesThat(inRoomsOtherThan(allowed));
    }

    private static DescribedPredicate<JavaClass> inRoomsOtherThan(String... rooms) {
        return DescribedPredicate.describe("in a room other than " + String.join(", ", rooms), type -> {
            String name = type.getPackageName();
            if (!name.startsWith("fathom.")) {
                return false;
            }
            for (String room : rooms) {
                if (name.equals("fathom." + room) || name.startsWith("fathom." + room + ".")) {
                    return false;
                }
            }
            return true;
        });
    }
}
