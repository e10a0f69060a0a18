package org.carillon.codegen;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes functions that make values of classes, alike in every language: the same seed gives the same value. */
abstract class Makers {
    static final int MAX_COUNT = 4;
    static final int MAX_DEPTH = 3;

    private final Code code = new Code();

    String text(List<Schema> schemas) {
        for (Schema schema : schemas) {
            schema.classes().forEach(type -> maker(code, schema, type));
        }
        schemas(code, schemas);
        return code.toString();
    }

    abstract void maker(Code code, Schema schema, ClassType type);

    abstract void schemas(Code code, List<Schema> schemas);

    /** Members that say how long an array is, so that they must be small. */
    static Set<String> sizes(ClassType type) {
        return type.members().stream().filter(each -> each.type() instanceof Type.Array)
                .flatMap(each -> ((Type.Array) each.type()).sizes().stream()).flatMap(Makers::names)
                .collect(Collectors.toSet());
    }

    private static java.util.stream.Stream<String> names(Expression size) {
        return switch (size) {
            case Expression.Constant _ -> java.util.stream.Stream.of();
            case Expression.Member member -> java.util.stream.Stream.of(member.name());
            case Expression.Binary binary -> java.util.stream.Stream.concat(names(binary.left()),
                    names(binary.right()));
        };
    }

    /** In the language's own arithmetic, which knows nothing of the generated one. */
    static String plain(Type.Array array, String prefix, String division) {
        return array.sizes().stream().map(each -> plain(each, prefix, division)).collect(Collectors.joining(" * "));
    }

    private static String plain(Expression size, String prefix, String division) {
        return switch (size) {
            case Expression.Constant constant -> String.valueOf(constant.value());
            case Expression.Member member -> prefix + member.name();
            case Expression.Binary binary -> "(" + plain(binary.left(), prefix, division) + " "
                    + switch (binary.operator()) {
                        case ADD -> "+";
                        case SUBTRACT -> "-";
                        case MULTIPLY -> "*";
                        case DIVIDE -> division;
                    } + " " + plain(binary.right(), prefix, division) + ")";
        };
    }

    static String name(Schema schema, String className) {
        return "make_" + schema.name().toLowerCase(java.util.Locale.ROOT) + "_" + className;
    }

    static String packageOf(Schema schema) {
        return schema.name().toLowerCase(java.util.Locale.ROOT);
    }
}
