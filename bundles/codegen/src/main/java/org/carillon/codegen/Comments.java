package org.carillon.codegen;

/** Comments of a schema, made harmless for the language that they go into. */
final class Comments {
    private Comments() {}

    /** For Javadoc: no sign of it means anything. */
    static String java(String comment) {
        return plain(comment).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
                .replace("\\", "&#92;").replace("*/", "*&#47;").replace("/*", "&#47;*").replace("{", "&#123;");
    }

    /** For a comment of C++ between its signs. */
    static String cpp(String comment) {
        return plain(comment).replace("*/", "* /").replace("/*", "/ *");
    }

    /** For a string of Python in three quotation marks, or a comment. */
    static String python(String comment) {
        return plain(comment).replace("\\", "\\\\").replace("\"", "'");
    }

    /** One line, without signs that control or hide something. */
    private static String plain(String comment) {
        StringBuilder plain = new StringBuilder();
        comment.codePoints().map(c -> switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                ' ';
            default -> c;
        }).forEach(plain::appendCodePoint);
        return plain.toString().replaceAll(" +", " ").strip();
    }

    /** As a sentence: with a full stop. */
    static String sentence(String comment, String otherwise) {
        String text = comment.isBlank() ? otherwise : comment;
        return text.isEmpty() || text.matches("(?s).*[.!?:]") ? text : text + ".";
    }
}
