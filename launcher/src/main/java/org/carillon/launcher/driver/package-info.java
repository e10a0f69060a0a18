/** Whether a driver does what the host expects of it. */
package org.carillon.launcher.driver;
