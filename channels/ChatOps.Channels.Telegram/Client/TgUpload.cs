namespace ChatOps.Channels.Telegram.Client;

/// <summary>A file on its way to Telegram.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Content">Its bytes; read once, and closed by the caller.</param>
/// <param name="AsPhoto">Shown as a picture instead of offered as a file.</param>
internal sealed record TgUpload(string Name, Stream Content, bool AsPhoto = false);
