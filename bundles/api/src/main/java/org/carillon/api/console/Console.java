package org.carillon.api.console;

import java.net.URI;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Offered as a service while the web console answers. Any thread; nothing here waits. */
@ProviderType
public interface Console {
    /** What to type into a browser on this machine. */
    URI address();

    /** Who to log in as. */
    String user();

    /** The file that holds the password, readable by its owner alone. */
    Path passwordFile();
}
