/** The command line. */
@NullMarked
package io.github.consentbridge.standalone.command;

import org.jspecify.annotations.NullMarked;
