package org.carillon.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Enumeration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The descriptions of the bundles that are installed now. They are read anew when a bundle has come or gone. */
final class LiveDescriptions {
    private static final System.Logger LOG = System.getLogger(LiveDescriptions.class.getName());
    private static final int PRIME = 31;

    private final BundleContext context;
    private Descriptions descriptions;
    private long readOf;

    LiveDescriptions(BundleContext context) {
        this.context = context;
    }

    /** Another number whenever bundles have changed. */
    long version() {
        long version = 1;
        for (Bundle bundle : context.getBundles()) {
            version = (version * PRIME + bundle.getBundleId()) * PRIME + bundle.getLastModified();
        }
        return version;
    }

    Descriptions now() {
        long version = version();
        if (descriptions == null || version != readOf) {
            readOf = version;
            descriptions = new Descriptions();
            for (Bundle bundle : context.getBundles()) {
                add(bundle);
            }
        }
        return descriptions;
    }

    private void add(Bundle bundle) {
        try {
            Enumeration<String> paths = bundle.getEntryPaths(Descriptions.FOLDER);
            for (String path : paths == null ? Collections.<String>emptyList() : Collections.list(paths)) {
                if (path.endsWith(Descriptions.SUFFIX)) {
                    try (InputStream in = bundle.getEntry(path).openStream()) {
                        descriptions.add(in);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "descriptions of a bundle are left out: bundle={0}, reason={1}",
                    bundle.getSymbolicName(), e.getMessage());
        }
    }
}
