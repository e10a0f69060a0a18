/** Gets free sounds from where they are published, and checks that they are what they should be. */
package org.carillon.launcher.fetch;
