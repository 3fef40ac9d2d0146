namespace ChatOps.Secrets.Redaction;

/// <summary>How a secret goes on that did not end in the window.</summary>
internal enum OpenEnd
{
    /// <summary>It ended.</summary>
    None,

    /// <summary>With characters of a token.</summary>
    Token,

    /// <summary>As a private key on one line.</summary>
    Key,

    /// <summary>To the end of the line.</summary>
    Line,
}
