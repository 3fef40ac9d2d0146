namespace ChatOps.Audit;

/// <summary>Formats of an export.</summary>
public enum AuditExportFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>RFC 4180, with a header; cells that a spreadsheet would take as a formula are prefixed.</summary>
    Csv,
}
