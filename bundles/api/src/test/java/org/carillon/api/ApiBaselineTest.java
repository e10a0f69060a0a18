package org.carillon.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.Test;

/**
 * Drivers that were built against the baseline must run today: every line of the baseline is still there, and nothing
 * was added that they had to implement. A package whose version has a higher first number starts anew.
 */
class ApiBaselineTest {
    private static final Path BASELINE = Path.of("src/test/resources/org/carillon/api/baseline.txt");
    private static final String WRITE = "carillon.baseline";
    private static final String ADVICE = "drivers that are built would not run any more; keep what they use, or, where "
            + "the change is meant, raise the first number of the package's version in its package-info.java and write "
            + "the baseline anew: mvn test -pl bundles/api -am -D" + WRITE + "=write -Dtest=ApiBaselineTest "
            + "-Dsurefire.failIfNoSpecifiedTests=false";

    private static List<byte[]> classes() throws Exception {
        List<byte[]> classes = new ArrayList<>(Signatures.classesBeside(Driver.class));
        classes.addAll(Signatures.classesBeside(Event.class));
        return classes;
    }

    /** What speaks against the change from one to the other. */
    private static List<String> breaks(Set<String> before, Set<String> after) {
        Map<String, Integer> majorsBefore = majors(before);
        Map<String, Integer> majorsAfter = majors(after);
        List<String> breaks = new ArrayList<>();
        for (String line : before) {
            if (!line.startsWith(Signatures.PACKAGE) && !after.contains(line)
                    && !isRaised(line, majorsBefore, majorsAfter)) {
                breaks.add("gone: " + line);
            }
        }
        for (String line : after) {
            if (line.startsWith(Signatures.IMPLEMENT) && !before.contains(line) && before.stream()
                    .anyMatch(each -> each.startsWith(line.split(" ")[1] + " :"))
                    && !isRaised(line, majorsBefore, majorsAfter)) {
                breaks.add("to be implemented: " + line.substring(Signatures.IMPLEMENT.length()));
            }
        }
        return breaks;
    }

    private static Map<String, Integer> majors(Set<String> lines) {
        Map<String, Integer> majors = new HashMap<>();
        lines.stream().filter(line -> line.startsWith(Signatures.PACKAGE)).map(line -> line.split(" "))
                .forEach(words -> majors.put(words[1], Integer.valueOf(words[2].split("\\.")[0])));
        return majors;
    }

    private static boolean isRaised(String line, Map<String, Integer> before, Map<String, Integer> after) {
        String type = line.replaceFirst(Signatures.IMPLEMENT, "").split(" ")[0];
        String name = type.substring(0, type.lastIndexOf('/'));
        return after.getOrDefault(name, 0) > before.getOrDefault(name, 0);
    }

    @Test
    void shouldKeepWhatDriversUse() throws Exception {
        Set<String> today = Signatures.of(classes());
        if ("write".equals(System.getProperty(WRITE))) {
            Files.write(BASELINE, today);
        }
        Set<String> baseline = new TreeSet<>(Files.readAllLines(BASELINE));

        assertTrue(baseline.size() > 300, "baseline is not whole: lines=" + baseline.size());
        assertEquals(List.of(), breaks(baseline, today), ADVICE);
    }

    @Test
    void shouldFindAMethodThatIsGone() throws Exception {
        Set<String> mutated = mutated(Attachment.class, ClassTransform.dropping(
                element -> element instanceof MethodModel method && method.methodName().equalsString("addLoop")));

        assertEquals(List.of("gone: org/carillon/api/port/Attachment addLoop(Ljava/lang/String;IJ)V abstract"),
                breaks(Signatures.of(classes()), mutated));
    }

    @Test
    void shouldFindAMethodThatDriversWouldHaveToImplement() throws Exception {
        Set<String> mutated = mutated(Driver.class, ClassTransform.endHandler(builder -> builder.withMethod("more",
                MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                method -> {})));

        assertEquals(List.of("to be implemented: org/carillon/api/driver/Driver more()V abstract"),
                breaks(Signatures.of(classes()), mutated));
    }

    @Test
    void shouldAllowAMethodThatTheServerImplements() throws Exception {
        Set<String> mutated = mutated(Attachment.class, ClassTransform.endHandler(builder -> builder.withMethod("more",
                MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                method -> {})));

        assertEquals(List.of(), breaks(Signatures.of(classes()), mutated));
    }

    @Test
    void shouldAllowWhatAHigherVersionAnnounces() throws Exception {
        Set<String> today = Signatures.of(classes());
        Set<String> next = new TreeSet<>(today);
        assertTrue(next.remove(Signatures.PACKAGE + "org/carillon/api/driver 1.0.0"), "known: " + majors(today));
        next.removeIf(line -> line.contains("org/carillon/api/driver/Driver "));
        assertFalse(breaks(today, next).isEmpty());
        next.add(Signatures.PACKAGE + "org/carillon/api/driver 2.0.0");

        assertEquals(List.of(), breaks(today, next));
    }

    private static Set<String> mutated(Class<?> type, ClassTransform change) throws Exception {
        ClassFile file = ClassFile.of();
        List<byte[]> classes = new ArrayList<>();
        for (byte[] bytes : classes()) {
            ClassModel model = file.parse(bytes);
            boolean isMeant = model.thisClass().asInternalName().equals(type.getName().replace('.', '/'));
            classes.add(isMeant ? file.transformClass(model, change) : bytes);
        }
        return Signatures.of(classes);
    }
}
