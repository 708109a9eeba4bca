/** The commands about dead letters. */
@NullMarked
package io.github.consentbridge.standalone.cli.deadletter;

import org.jspecify.annotations.NullMarked;
