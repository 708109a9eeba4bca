/** What a command prints when it fails: one sentence that says what is wrong and what to do. */
@NullMarked
package io.github.consentbridge.standalone.cli.failure;

import org.jspecify.annotations.NullMarked;
