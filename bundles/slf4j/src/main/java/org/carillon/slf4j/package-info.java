/** What SLF4J is asked to log goes to the system's loggers. */
package org.carillon.slf4j;
