package org.carillon.codegen;

import java.util.Locale;
import java.util.regex.Pattern;

/** What classes are written in. */
public enum Language {
    /** Packages have dots; a file for each class. */
    JAVA("."),
    /** Namespaces are joined by {@code ::}; one header, named after the schema. */
    CPP("::"),
    /** The package is a folder that the caller chooses; one module, named after the schema. */
    PYTHON(".");

    private final String separator;

    Language(String separator) {
        this.separator = separator;
    }

    /**
     * By its word, such as {@code java}.
     *
     * @throws IllegalArgumentException where there is none of that name.
     */
    public static Language named(String word) {
        for (Language each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("expected java, cpp or python: lang=" + word);
    }

    BackEnd backEnd() {
        return switch (this) {
            case JAVA -> new JavaBackEnd();
            case CPP -> new CppBackEnd();
            case PYTHON -> new PythonBackEnd();
        };
    }

    String checkedPackage(String name) {
        for (String part : name.split(Pattern.quote(separator), -1)) {
            if (!part.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("expected names joined by " + separator + ": package=" + name);
            }
        }
        return name;
    }
}
