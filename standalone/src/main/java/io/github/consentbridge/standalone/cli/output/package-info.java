/** How text for people is printed: tables, spreadsheets, and characters that would deceive a reader. */
@NullMarked
package io.github.consentbridge.standalone.cli.output;

import org.jspecify.annotations.NullMarked;
