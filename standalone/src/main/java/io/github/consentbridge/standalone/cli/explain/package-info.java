/** The command that explains a person's values, now and in the past. */
@NullMarked
package io.github.consentbridge.standalone.cli.explain;

import org.jspecify.annotations.NullMarked;
