package org.carillon.transport.shm;

import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;

/** A configuration with its defaults, but for what a test sets. */
@SuppressWarnings("ClassExplicitlyAnnotation")
final class TestConfig {
    private TestConfig() {}

    static ShmConfig of(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>();
        for (var method : ShmConfig.class.getDeclaredMethods()) {
            all.put(method.getName(), method.getDefaultValue());
        }
        all.putAll(values);
        return (ShmConfig) java.lang.reflect.Proxy.newProxyInstance(ShmConfig.class.getClassLoader(),
                new Class<?>[]{ShmConfig.class},
                (proxy, method, arguments) -> method.getDeclaringClass() == Annotation.class
                        ? ShmConfig.class
                        : all.get(method.getName()));
    }
}
