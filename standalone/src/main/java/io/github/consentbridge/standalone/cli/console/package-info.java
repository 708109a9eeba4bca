/** The command that serves the console. */
@NullMarked
package io.github.consentbridge.standalone.cli.console;

import org.jspecify.annotations.NullMarked;
