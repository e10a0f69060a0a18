package org.carillon.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can only be seen of a schema as a whole: ids, classes within one another, lengths. */
final class SchemaCheck {
    private final Schema schema;
    private final Map<String, Integer> depths = new HashMap<>();

    SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    void check() {
        checkIds();
        checkRefused();
        for (ClassType each : schema.classes()) {
            depth(each, new ArrayList<>());
        }
        checkLengths();
    }

    private void checkIds() {
        Map<Long, String> owners = new HashMap<>();
        for (ClassType each : schema.classes()) {
            checkId(owners, each.id(), each.place(), "class", each.name());
        }
        owners.clear();
        for (Request each : schema.requests()) {
            checkId(owners, each.id(), each.place(), "request", each.name());
        }
        Map<String, String> constants = new HashMap<>();
        for (Request each : schema.requests()) {
            String other = constants.put(each.constant(), each.name());
            if (other != null) {
                throw new Wrong(each.place(), "expected names that differ as constants: request=" + each.name()
                        + ", other=" + other);
            }
        }
        if (!schema.requests().isEmpty()) {
            for (String suffix : List.of("Client", "Handler", "Dispatcher", "Request")) {
                schema.classes().stream().filter(c -> c.name().equals(schema.name() + suffix)).forEach(c -> {
                    throw new Wrong(c.place(), "expected a name that generated code does not use itself: class="
                            + c.name());
                });
            }
        }
    }

    private static void checkId(Map<Long, String> owners, long id, Place place, String what, String name) {
        String other = owners.put(id, name);
        if (other != null || id == 0) {
            throw new Wrong(place, "expected an id of its own, give one with \"id\": " + what + "=" + name
                    + ", other=" + other + ", id=" + id);
        }
    }

    private void checkRefused() {
        if (schema.requests().isEmpty()) {
            return;
        }
        ClassType refused = schema.named(Schema.REFUSED);
        boolean isRight = refused.members().stream().map(Member::name).toList().equals(List.of("code", "message"))
                && refused.members().stream().allMatch(member -> member.type() instanceof Type.Text);
        if (!isRight) {
            throw new Wrong(refused.place(), "expected the members code and message, both string: class="
                    + Schema.REFUSED);
        }
    }

    /** How many classes stand in one another at least; arrays that may be empty end it. */
    private int depth(ClassType type, List<String> open) {
        Integer known = depths.get(type.name());
        if (known != null) {
            return known;
        }
        open.add(type.name());
        int depth = 1;
        for (Member member : type.members()) {
            if (alwaysHeld(member.type()) instanceof Type.Nested nested) {
                String where = where(type, member);
                if (open.contains(nested.className())) {
                    throw new Wrong(member.place(), "expected no class that holds itself, except in an array over "
                            + "members" + where + ", type=" + nested.className());
                }
                if (open.size() >= Layout.MAX_DEPTH) {
                    throw deep(member, where);
                }
                depth = Math.max(depth, 1 + depth(schema.named(nested.className()), open));
                if (depth > Layout.MAX_DEPTH) {
                    throw deep(member, where);
                }
            }
        }
        open.removeLast();
        depths.put(type.name(), depth);
        return depth;
    }

    private static Wrong deep(Member member, String where) {
        return new Wrong(member.place(), "expected fewer classes in one another" + where + ", limit="
                + Layout.MAX_DEPTH);
    }

    private static Type alwaysHeld(Type type) {
        return type instanceof Type.Array array ? array.isConstant() ? array.element() : null : type;
    }

    private void checkLengths() {
        for (ClassType type : schema.classes()) {
            for (Member member : type.members()) {
                if (member.type() instanceof Type.Array array) {
                    checkSizes(array, member.place(), where(type, member));
                    checkAccessor(type, member, array);
                }
            }
        }
        for (ClassType type : schema.classes()) {
            for (Member member : type.members()) {
                if (member.type() instanceof Type.Array array && Layout.minLength(schema, array.element()) == 0) {
                    throw new Wrong(member.place(), "expected elements that take at least a byte"
                            + where(type, member));
                }
            }
            if (schema.layout(type.name()).minLength() > Layout.MAX_LENGTH) {
                throw new Wrong(type.place(), "expected a shorter class: class=" + type.name() + ", limit="
                        + Layout.MAX_LENGTH);
            }
        }
    }

    /** C++ and Python have a method of this name for the elements of several dimensions. */
    private static void checkAccessor(ClassType type, Member member, Type.Array array) {
        String accessor = member.name() + "_at";
        if (array.sizes().size() > 1 && type.members().stream().anyMatch(each -> each.name().equals(accessor))) {
            throw new Wrong(member.place(), "expected no member " + accessor + " beside dimensions"
                    + where(type, member));
        }
    }

    private static void checkSizes(Type.Array array, Place place, String where) {
        for (Expression size : array.sizes()) {
            if (size.isConstant() && (size.constant() < 0 || size.constant() > Layout.MAX_LENGTH)) {
                throw new Wrong(place, "expected a size from 0 to " + Layout.MAX_LENGTH + where + ", size=" + size);
            }
        }
        if (array.isConstant() && (array.constantCount() < 0 || array.constantCount() > Layout.MAX_LENGTH)) {
            throw new Wrong(place, "expected at most " + Layout.MAX_LENGTH + " elements" + where);
        }
    }

    private static String where(ClassType type, Member member) {
        return ": class=" + type.name() + ", member=" + member.name();
    }
}
