/** The command line. */
@NullMarked
package io.github.consentbridge.standalone.cli;

import org.jspecify.annotations.NullMarked;
