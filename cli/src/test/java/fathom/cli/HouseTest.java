package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the module table of ARCHITECTURE.md, the module descriptors and the classes agree. */
class HouseTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)` \\| .* \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern FLOORS = Pattern.compile("(?s)\nFloors:[^\n]*\n\n```\n(.*?)\n```");
    private static final Pattern ROOM = Pattern.compile("`([a-z]+)`");
    private static final Pattern REQUIRES = Pattern.compile("requires (?:transitive )?fathom\\.([a-z]+);");
    private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");
    /** The maximum number of source files in a package, without package-info.java. */
    private static final int MAX_FILES = 22;

    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> rooms = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
        while (row.find()) {
            rooms.put(row.group(1), found(ROOM, row.group(2)));
        }
        return rooms;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void tableNamesEveryModule() throws IOException {
        assertThat(table().keySet()).isEqualTo(found(MODULE, Files.readString(ROOT.resolve("pom.xml"))));
    }

    @Test
    void everyRoomUsesOnlyLowerFloors() throws IOException {
        Matcher picture = FLOORS.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
        assertThat(picture.find()).isTrue();
        List<String> floors = picture.group(1).lines().toList();
        Map<String, Integer> floorOf = new TreeMap<>();
        for (int floor = 0; floor < floors.size(); floor++) {
            for (String room : floors.get(floor).replace("(+ web)", "").trim().split("\\s+")) {
                floorOf.put(room, floors.size() - floor);
            }
        }
        Map<String, Set<String>> table = table();
        table.remove("examples");
        table.remove("benchmarks");
        table.remove("soak");
        assertThat(floorOf.keySet()).isEqualTo(table.keySet());
        table.forEach((room, used) -> used.forEach(
                other -> assertThat(floorOf.get(other)).as(room + " uses " + other).isLessThan(floorOf.get(room))));
    }

    @Test
    void descriptorsRequireWhatTheTableSays() throws IOException {
        Map<String, Set<String>> required = new TreeMap<>();
        for (String room : table().keySet()) {
            required.put(room,
                    found(REQUIRES, Files.readString(ROOT.resolve(room).resolve("src/main/java/module-info.java"))));
        }
        assertThat(required).isEqualTo(table());
    }

    @Test
    void classesUseEveryRoomThatTheTableSaysAndNoOther() throws IOException {
        Map<String, Set<String>> table = table();
        // The classes of these three are not on the class path of this test.
        table.remove("benchmarks");
        table.remove("soak");
        table.remove("examples");
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("fathom");
        Map<String, Set<String>> used = new TreeMap<>();
        table.keySet().forEach(room -> used.put(room, new TreeSet<>()));
        for (JavaClass type : classes) {
            String room = room(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String other = room(dependency.getTargetClass());
                if (!other.isEmpty() && !other.equals(room)) {
                    used.get(room).add(other);
                }
            }
        }
        assertThat(used).isEqualTo(table);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("fathom.") ? List.of(name.split("\\.")).get(1) : "";
    }

    @Test
    void noPackageIsLarge() throws IOException {
        Map<String, Long> large = new TreeMap<>();
        for (String room : table().keySet()) {
            try (var files = Files.walk(ROOT.resolve(room).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java")
                        && !file.endsWith("module-info.java"))
                        .collect(Collectors.groupingBy(file -> ROOT.relativize(file.getParent()).toString(),
                                Collectors.counting()))
                        .forEach((folder, count) -> {
                            if (count > MAX_FILES) {
                                large.put(folder, count);
                            }
                        });
            }
        }
        assertThat(large).isEmpty();
    }
}
