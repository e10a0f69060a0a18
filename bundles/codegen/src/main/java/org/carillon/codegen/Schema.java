package org.carillon.codegen;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes and requests as a JSON list describes them. Each object of the list is a class with {@code className},
 * {@code members} and perhaps {@code id} and {@code comment}, or a request with {@code request}, {@code in},
 * {@code right} and perhaps {@code out}, {@code id} and {@code comment}. A member has {@code name}, {@code type} and
 * perhaps {@code comment}; one of type {@code array} also {@code size}, a list of expressions, and {@code elem}.
 */
public final class Schema {
    /** The class that answers instead of another; added to a schema with requests that does not have it. */
    static final String REFUSED = "Refused";
    private static final long MAX_LENGTH = 4 * 1024 * 1024;

    private final String name;
    private final List<ClassType> classes;
    private final List<Request> requests;
    private final Map<String, ClassType> byName = new HashMap<>();
    private final Map<String, Layout> layouts = new HashMap<>();

    Schema(String name, List<ClassType> classes, List<Request> requests) {
        this.name = name;
        this.classes = List.copyOf(classes);
        this.requests = List.copyOf(requests);
        classes.forEach(each -> byName.put(each.name(), each));
    }

    /**
     * Reads and checks a file.
     *
     * @throws IOException where it cannot be read.
     * @throws SchemaException where it is no schema.
     */
    public static Schema read(Path file) throws IOException, SchemaException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new SchemaException(file.toString(), Place.START, "expected a smaller file: limit=" + MAX_LENGTH);
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new SchemaException(file.toString(), Place.START, "expected UTF-8");
        }
    }

    /**
     * Reads and checks a text.
     *
     * @param file its name for messages; its last part without the ending, up to the first dot, names the schema.
     */
    public static Schema parse(String file, String text) throws SchemaException {
        try {
            return new SchemaReader(nameOf(file)).read(NodeReader.read(text));
        } catch (Wrong e) {
            throw new SchemaException(file, e.place(), e.getMessage());
        }
    }

    private static String nameOf(String file) {
        String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        StringBuilder name = new StringBuilder();
        for (String word : last.replaceFirst("(?<=.)\\..*", "").split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Schema" + name : name.toString();
    }

    /** As classes are named after it: {@code control.json} gives {@code Control}. */
    String name() {
        return name;
    }

    List<ClassType> classes() {
        return classes;
    }

    List<Request> requests() {
        return requests;
    }

    ClassType named(String className) {
        return byName.get(className);
    }

    /** Drawn once for each class: one that many others hold would be drawn too often. */
    Layout layout(String className) {
        Layout known = layouts.get(className);
        if (known == null) {
            known = new Layout(this, named(className));
            layouts.put(className, known);
        }
        return known;
    }
}
