/** What a driver bundle implements, and what it is given. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.driver;
