/** Configuration files: read, checked against descriptions, watched, and written back. */
package org.carillon.configuration;
