package org.carillon.filter;

import java.nio.charset.StandardCharsets;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.filter.FilterException;
import org.carillon.protocol.StatusPage;
import org.osgi.service.component.annotations.Component;

/** Makes filters from the words that this bundle's README describes. */
@Component(service = FilterCompiler.class)
public final class FilterWords implements FilterCompiler {
    @Override
    public CompiledFilter compile(String words) throws FilterException {
        int lengthBytes = words.getBytes(StandardCharsets.UTF_8).length;
        if (lengthBytes > StatusPage.MAX_FILTER_LENGTH) {
            throw new FilterException(1, "column 1: expected filter words of at most " + StatusPage.MAX_FILTER_LENGTH
                    + " bytes: lengthBytes=" + lengthBytes);
        }
        return new Parser(words).parse();
    }
}
