package io.corral.runtime.handover;

/** A task of the JDK's with a field for its submitter. */
public interface TaskWithSubmitter extends SubmitterField {}
