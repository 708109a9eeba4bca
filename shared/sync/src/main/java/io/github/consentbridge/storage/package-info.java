/** What is common to everything that we store. */
@NullMarked
package io.github.consentbridge.storage;

import org.jspecify.annotations.NullMarked;
