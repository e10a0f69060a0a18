package org.carillon.api.console;

import org.osgi.annotation.versioning.ProviderType;

/** Offered as a service in place of a {@link Console} while there is none, and none is to come by itself. */
@ProviderType
public interface NoConsole {
    /** Why, in one line: what was tried, and what to change. Any thread; does not wait. */
    String reason();
}
