package io.corral.runtime.hook;

/** One that comes from where it was submitted last. */
public interface SubmittedTask extends HandedTask {}
