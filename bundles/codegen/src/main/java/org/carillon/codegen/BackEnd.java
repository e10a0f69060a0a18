package org.carillon.codegen;

import java.util.Map;

/** Writes the classes and requests of a schema in a language. */
interface BackEnd {
    /** Texts by their file names, which may have folders, in the order they are to be written. */
    Map<String, String> files(Schema schema, String packageName);
}
