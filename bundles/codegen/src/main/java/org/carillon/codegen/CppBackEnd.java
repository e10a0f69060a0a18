package org.carillon.codegen;

import java.util.Map;

/** Cpp. */
final class CppBackEnd implements BackEnd {
    @Override
    public Map<String, String> files(Schema schema, String packageName) {
        throw new IllegalArgumentException("expected java: others come next");
    }
}
