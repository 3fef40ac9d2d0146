namespace ChatOps.Host;

/// <summary>The certificate of the gateway's own <c>https://</c> addresses (<c>Gateway:Tls</c>). Both files are PEM and are read again when they change, so a renewed certificate needs no restart.</summary>
public sealed class GatewayTlsOptions
{
    /// <summary>The file with the certificate, and behind it the ones between it and its authority. Default: none.</summary>
    public string? Certificate { get; set; }

    /// <summary>The file with its private key, unencrypted and readable by its owner alone. Default: none.</summary>
    public string? Key { get; set; }
}
