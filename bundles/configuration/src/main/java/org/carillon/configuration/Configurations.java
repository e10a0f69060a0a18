package org.carillon.configuration;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The configurations that components have now. */
interface Configurations {
    /**
     * One of them.
     *
     * @param pid        of the configuration itself: that of an instance of a factory need not hold its name.
     * @param factoryPid empty where it is of no factory.
     */
    record Live(String pid, String factoryPid, Map<String, Object> values) {}

    List<Live> all() throws IOException;

    /** Null where there is none. */
    Live get(String pid) throws IOException;

    /** Makes it where there is none. */
    void put(String pid, Map<String, Object> values) throws IOException;

    /** Does nothing where there is none. */
    void delete(String pid) throws IOException;
}
