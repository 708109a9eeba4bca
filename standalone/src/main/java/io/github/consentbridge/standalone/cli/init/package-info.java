/** {@code init}: asks for credentials, proposes mappings and writes the two documents. */
@NullMarked
package io.github.consentbridge.standalone.cli.init;

import org.jspecify.annotations.NullMarked;
