package io.corral.report.diff;

/** @param method its class and name */
public record MethodChange(String method, Change change) {}
