/** What a bridge has counted lately, for the console's charts. */
@NullMarked
package io.github.consentbridge.standalone.activity;

import org.jspecify.annotations.NullMarked;
