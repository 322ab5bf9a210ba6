package dev.quarterdeck.production.source;

/// A source could not answer; [#fault] says why.
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SourceFault fault;

  public SourceException(SourceFault fault) {
    super(fault.detail());
    this.fault = fault;
  }

  public SourceException(SourceFault fault, Throwable cause) {
    super(fault.detail(), cause);
    this.fault = fault;
  }

  /// Why the source could not answer.
  public SourceFault fault() {
    return fault;
  }
}
