namespace ChatOps.Channels.Discord;

/// <summary>Discord's limits for messages.</summary>
internal static class DiscordLimits
{
    /// <summary>Longest content, in UTF-16 code units.</summary>
    public const int Content = 2000;

    /// <summary>Longest text of all text components of a message together, with room for what Discord may count besides.</summary>
    public const int CardText = 3600;

    public const int ButtonLabel = 80;
    public const int ButtonsPerRow = 5;
    public const int Rows = 5;
    public const int CustomId = 100;
    public const int FilesPerMessage = 10;

    /// <summary>Most bytes of one request; Discord takes 25 MiB.</summary>
    public const long BytesPerMessage = 24L * 1024 * 1024;

    /// <summary>Most messages that one of ours becomes; what is more goes into a file.</summary>
    public const int Pages = 10;

    public const int ThreadName = 100;
    public const int Nonce = 25;
    public const int ModalTitle = 45;
    public const int Reason = 400;
}
