/** The {@code map} command: what a delivery would change. */
@NullMarked
package io.github.consentbridge.standalone.cli.map;

import org.jspecify.annotations.NullMarked;
