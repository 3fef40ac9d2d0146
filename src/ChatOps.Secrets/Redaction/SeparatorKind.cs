namespace ChatOps.Secrets.Redaction;

/// <summary>What stands between a name and its value.</summary>
internal enum SeparatorKind
{
    /// <summary><c>=</c>, <c>:=</c>, <c>=></c>.</summary>
    Equals,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary>The end of an XML start tag.</summary>
    Element,

    /// <summary>A blank behind a command line flag.</summary>
    Flag,
}
