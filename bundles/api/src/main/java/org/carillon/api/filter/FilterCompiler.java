package org.carillon.api.filter;

import org.osgi.annotation.versioning.ProviderType;

/** Makes filters from words. The grammar is that of the bundle which offers this service. Any thread. */
@ProviderType
public interface FilterCompiler {
    /**
     * Compiles filter words.
     *
     * @param words blank means a filter that accepts everything unchanged.
     * @return a new filter with state of its own: one for each connection.
     * @throws FilterException where a word is wrong: which column, what was expected.
     */
    CompiledFilter compile(String words) throws FilterException;
}
