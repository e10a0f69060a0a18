package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The arrows of the house: who may use whom. Reads the classes of every folder that has been built, so a new bundle is
 * judged without being named here.
 */
class HouseTest {
    private static final String OURS = "org.carillon.";
    private static final Path ROOT = Path.of("..");
    /** What everybody may use, beside the JDK and OSGi's own contracts. */
    private static final Set<String> FOUNDATION = Set.of("api", "protocol", "platform");
    private static final Set<String> LIBRARIES = Set.of("org.agrona", "org.HdrHistogram");
    /** Bundles that only wrap a library, and those that may use anything. */
    private static final Set<String> EXEMPT = Set.of("agrona", "hdrhistogram", "slf4j", "bench");
    /** Bundles that the command uses as plain libraries as well. */
    private static final Set<String> PLAIN = Set.of("bench", "client", "codegen", "configuration", "sequencer",
            "sampler");
    private static final Set<String> LAUNCHER = Set.of("picocli", "org.jline", "com.eclipsesource.json",
            "org.apache.felix.framework");
    private static final Set<String> WEB = Set.of("jakarta.servlet", "org.apache.felix.webconsole",
            "org.apache.felix.inventory", "com.eclipsesource.json");
    private static final Pattern VAGUE = Pattern.compile(".*(Impl|Utils|Helper|Manager)|I[A-Z][a-z].*");
    /** Classes of the kernel that stand at its border, outside the way of an event. */
    private static final String BORDER = "org\\.carillon\\.kernel\\.(KernelComponent|RunningKernel|DriverHost|"
            + "DeviceMemory|HeldConnections|ConnectionMemory|StatusMemory|DataFile|KernelWiring|KernelLoop)(\\$.*)?";
    private static final Map<String, JavaClasses> MODULES = modules();

    private static Map<String, JavaClasses> modules() {
        Map<String, JavaClasses> modules = new TreeMap<>();
        try (Stream<Path> folders = Stream.concat(Files.list(ROOT.resolve("bundles")), Stream.of(
                ROOT.resolve("launcher")))) {
            folders.forEach(folder -> {
                Path classes = folder.resolve("target/classes");
                if (Files.isDirectory(classes)) {
                    modules.put(folder.getFileName().toString(), new ClassFileImporter().importPath(classes));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return modules;
    }

    @Test
    void shouldSeeEveryBundleOfTheServer() {
        assertTrue(MODULES.keySet().containsAll(Set.of("protocol", "platform", "api", "scheduler", "filter", "kernel",
                "transport-local", "driver-loopback")), MODULES.keySet().toString());
        assertTrue(MODULES.get("kernel").contain("org.carillon.kernel.KernelAgent"));
    }

    @Test
    void shouldUseOnlyWhatStandsBelow() {
        List<String> wrong = new ArrayList<>();
        MODULES.forEach((module, classes) -> {
            if (!EXEMPT.contains(module)) {
                classes.forEach(user -> used(user).filter(used -> !mayUse(module, used))
                        .forEach(used -> wrong.add(module + ": " + user.getName() + " uses " + used.getName())));
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static Stream<JavaClass> used(JavaClass user) {
        return user.getDirectDependenciesFromSelf().stream().map(d -> d.getTargetClass().getBaseComponentType())
                .filter(used -> !used.isPrimitive()).distinct();
    }

    private static boolean mayUse(String module, JavaClass used) {
        String name = used.getPackageName();
        if (name.startsWith(OURS)) {
            String root = name.substring(OURS.length());
            return isIn(root, module.replace('-', '.')) || switch (module) {
                case "protocol", "platform", "codegen" -> false;
                case "api" -> isIn(root, "protocol");
                case "client" -> isIn(root, "protocol") || isIn(root, "platform");
                case "launcher" -> Stream.concat(PLAIN.stream(), FOUNDATION.stream()).anyMatch(b -> isIn(root, b));
                default -> FOUNDATION.stream().anyMatch(below -> isIn(root, below));
            };
        }
        boolean isLibrary = LIBRARIES.stream().anyMatch(library -> isIn(name, library));
        return switch (module) {
            case "protocol", "platform", "client" -> isOfThePlatform(name);
            case "api" -> isOfThePlatform(name) || isIn(name, "org.agrona");
            case "launcher" -> isOfThePlatform(name) || isLibrary || LAUNCHER.stream().anyMatch(l -> isIn(name, l));
            case "shell" -> isOfThePlatform(name) || isIn(name, "org.apache.felix.service.command");
            case "configuration", "codegen" -> isOfThePlatform(name) || isIn(name, "com.eclipsesource.json");
            case "sampler" -> isOfThePlatform(name) || isLibrary || isIn(name, "jdk.incubator.vector");
            case "webconsole" -> isOfThePlatform(name) || WEB.stream().anyMatch(w -> isIn(name, w));
            default -> isOfThePlatform(name) || isLibrary || isFromOutside(module);
        };
    }

    /** Drivers and transports may bring a library of their own with them. */
    private static boolean isFromOutside(String module) {
        return module.startsWith("driver-") || module.startsWith("transport-");
    }

    private static boolean isOfThePlatform(String name) {
        return isIn(name, "java") || isIn(name, "javax") || isIn(name, "org.osgi");
    }

    private static boolean isIn(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    @Test
    void shouldNotSharePackages() {
        Map<String, Set<String>> owners = new TreeMap<>();
        MODULES.forEach((module, classes) -> classes.forEach(
                c -> owners.computeIfAbsent(c.getPackageName(), name -> new TreeSet<>()).add(module)));
        assertEquals(Map.of(), owners.entrySet().stream().filter(owner -> owner.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void shouldNameItsPackagesAfterTheFolder() {
        MODULES.forEach((module, classes) -> classes.stream().filter(c -> c.getName().startsWith(OURS))
                .forEach(c -> assertTrue(isIn(c.getPackageName(), OURS + module.replace('-', '.')), c.getName())));
    }

    @Test
    void shouldGiveAVersionToEveryExportedPackage() {
        Set<String> unversioned = new TreeSet<>();
        Set<String> exported = new TreeSet<>();
        MODULES.values().forEach(classes -> classes.forEach(c -> {
            if (c.getPackage().isAnnotatedWith(Export.class)) {
                exported.add(c.getPackageName());
                if (!c.getPackage().isAnnotatedWith(Version.class)) {
                    unversioned.add(c.getPackageName());
                }
            }
        }));
        assertTrue(exported.containsAll(Set.of("org.carillon.protocol", "org.carillon.api.port")),
                exported.toString());
        assertEquals(Set.of(), unversioned);
    }

    @Test
    void shouldNameClassesForWhatTheyAre() {
        assertEquals(List.of(), MODULES.values().stream().flatMap(JavaClasses::stream)
                .filter(c -> c.getName().startsWith(OURS)).filter(c -> VAGUE.matcher(c.getSimpleName()).matches())
                .filter(c -> c.isInterface() || !c.getSimpleName().startsWith("I")).map(JavaClass::getName)
                .toList());
    }

    @Test
    void shouldNotLogOnTheWayOfAnEvent() {
        for (String module : List.of("protocol", "api", "kernel", "scheduler", "filter")) {
            ArchRuleDefinition.noClasses().that().haveNameNotMatching(BORDER).should().dependOnClassesThat()
                    .haveFullyQualifiedName(System.Logger.class.getName()).check(MODULES.get(module));
        }
    }
}
