/** The console: a page on loopback for whoever may run the other commands. */
@NullMarked
package io.github.consentbridge.standalone.console;

import org.jspecify.annotations.NullMarked;
