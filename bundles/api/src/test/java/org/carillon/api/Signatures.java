package org.carillon.api;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What bundles that are built today refer to: lines of text, one for each member that others can see. */
final class Signatures {
    static final String PACKAGE = "package ";
    /** Before what others must implement: one more of these breaks them. */
    static final String IMPLEMENT = "implement ";
    private static final String CONSUMER_TYPE = "Lorg/osgi/annotation/versioning/ConsumerType;";
    private static final String VERSION = "Lorg/osgi/annotation/versioning/Version;";

    private Signatures() {}

    /** The class files of all packages in the jar or folder that a class comes from, but for those of tests. */
    static List<byte[]> classesBeside(Class<?> type) throws IOException, URISyntaxException {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return classesIn(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classesIn(jar.getPath("/"));
        }
    }

    private static List<byte[]> classesIn(Path root) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
                classes.add(Files.readAllBytes(file));
            }
        }
        return classes;
    }

    static Set<String> of(List<byte[]> classes) {
        Set<String> lines = new TreeSet<>();
        classes.forEach(bytes -> add(ClassFile.of().parse(bytes), lines));
        return lines;
    }

    private static void add(ClassModel model, Set<String> lines) {
        String name = model.thisClass().asInternalName();
        if (name.endsWith("/package-info")) {
            annotations(model).filter(each -> each.className().equalsString(VERSION)).forEach(each -> lines.add(
                    PACKAGE + name.replace("/package-info", "") + " "
                            + ((AnnotationValue.OfString) each.elements().getFirst().value()).stringValue()));
        } else if (isSeen(model.flags().flags())) {
            String parents = model.superclass().map(parent -> parent.asInternalName()).orElse("")
                    + model.interfaces().stream().map(each -> " " + each.asInternalName())
                            .collect(Collectors.joining());
            lines.add(name + " : " + words(model.flags().flags()) + " " + parents);
            boolean isConsumer = annotations(model).anyMatch(each -> each.className().equalsString(CONSUMER_TYPE));
            for (FieldModel field : model.fields()) {
                if (isSeen(field.flags().flags())) {
                    lines.add(name + " " + field.fieldName() + " " + field.fieldType() + words(field.flags().flags()));
                }
            }
            model.methods().forEach(method -> add(name, method, isConsumer, lines));
        }
    }

    private static void add(String owner, MethodModel method, boolean isConsumer, Set<String> lines) {
        if (isSeen(method.flags().flags())) {
            boolean isImplemented = isConsumer && method.flags().has(AccessFlag.ABSTRACT);
            lines.add((isImplemented ? IMPLEMENT : "") + owner + " " + method.methodName() + method.methodType()
                    + words(method.flags().flags()));
        }
    }

    private static Stream<Annotation> annotations(ClassModel model) {
        return model.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(each -> each.annotations().stream());
    }

    private static boolean isSeen(Set<AccessFlag> flags) {
        return (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED))
                && !flags.contains(AccessFlag.SYNTHETIC);
    }

    /** What changes how others are linked with it. */
    private static String words(Set<AccessFlag> flags) {
        return flags.stream().filter(Set.of(AccessFlag.STATIC, AccessFlag.FINAL, AccessFlag.ABSTRACT,
                AccessFlag.INTERFACE)::contains).map(flag -> " " + flag.name().toLowerCase(java.util.Locale.ROOT))
                .sorted().collect(Collectors.joining());
    }
}
