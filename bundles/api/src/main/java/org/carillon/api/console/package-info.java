/** Where the web console of a server is found, or why it is not. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.carillon.api.console;
