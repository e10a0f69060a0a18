package org.carillon.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The headers of a request, which is all that the rules look at. */
final class RequestOf {
    private RequestOf() {}

    /** @param headers name and value in turn; a name may come twice. */
    static HttpServletRequest headers(String... headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(RequestOf.class.getClassLoader(),
                new Class<?>[]{HttpServletRequest.class}, (_, method, arguments) -> {
                    List<String> values = arguments == null ? values(headers, "content-length")
                            : values(headers, (String) arguments[0]);
                    return switch (method.getName()) {
                        case "getHeaders" -> Collections.enumeration(values);
                        case "getHeader" -> values.isEmpty() ? null : values.getFirst();
                        case "getContentLengthLong" -> values.isEmpty() ? -1L : Long.parseLong(values.getFirst());
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static List<String> values(String[] headers, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                values.add(headers[i + 1]);
            }
        }
        return values;
    }
}
