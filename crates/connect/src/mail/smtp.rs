//! The dialogue with a mail server, step by step, so that it is known what it was that failed.

use super::message::{Mail, message};
use super::{MailError, MailServer, Security, Stage};
use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use std::time::Duration;
use std::{fs, io};

/// How long one step may take. RFC 5321 §4.5.3.2 allows minutes for some; a job's lease is ten, and it is tried again.
const STEP: Duration = Duration::from_secs(45);

/// Sends one mail, once.
///
/// # Errors
/// [`MailError`]. Where the connection broke after the message was given nobody knows whether it was taken.
pub fn send(server: &MailServer, mail: &Mail) -> Result<(), MailError> {
    let message = message(mail, &server.from)?;
    let mut connection = open(server)?;
    let sent = dialogue(&mut connection, &message);
    // Whatever it says to that, the mail is taken or not.
    connection.abort();
    sent
}

/// Reaches the mail server, encrypts, and signs in. Sends nothing.
///
/// # Errors
/// [`MailError`].
pub fn check(server: &MailServer) -> Result<(), MailError> {
    open(server)?.abort();
    Ok(())
}

fn dialogue(connection: &mut SmtpConnection, message: &Message) -> Result<(), MailError> {
    let envelope = message.envelope();
    let mut options = Vec::new();
    let mut addresses = envelope.to().iter().chain(envelope.from());
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
        {
            return Err(MailError {
                stage: Stage::To,
                code: None,
                is_permanent: true,
                because: "it takes no address beyond ASCII".to_owned(),
            });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    connection
        .command(From::new(envelope.from().cloned(), options))
        .map_err(|error| failed(Stage::From, &error))?;
    for to in envelope.to() {
        connection
            .command(Rcpt::new(to.clone(), Vec::new()))
            .map_err(|error| failed(Stage::To, &error))?;
    }
    connection
        .command(Data)
        .map_err(|error| failed(Stage::Content, &error))?;
    connection
        .message(&message.formatted())
        .map_err(|error| failed(Stage::Content, &error))?;
    Ok(())
}

fn open(server: &MailServer) -> Result<SmtpConnection, MailError> {
    let hello = ClientId::Domain(server.from.domain().to_owned());
    let encrypts = server.security != Security::None;
    let tls = encrypts.then(|| parameters(server)).transpose()?;
    let at_once = tls
        .as_ref()
        .filter(|_| server.security == Security::Implicit);
    let place = (server.host.as_str(), server.port);
    let mut connection = SmtpConnection::connect(place, Some(STEP), &hello, at_once, None)
        .map_err(|error| {
            // With encryption from the first byte it is the greeting that fails.
            let stage = if error.is_tls() || is_distrusted(&error) {
                Stage::Encrypt
            } else {
                Stage::Reach
            };
            failed(stage, &error)
        })?;
    if let Some(tls) = tls.as_ref().filter(|_| !connection.is_encrypted()) {
        connection
            .starttls(tls, &hello)
            .map_err(|error| failed(Stage::Encrypt, &error))?;
    }
    if let Some(user) = &server.user {
        let password = server.password.as_ref().map_or("", |one| one.reveal());
        let credentials = Credentials::new(user.clone(), password.to_owned());
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .map_err(|error| failed(Stage::SignIn, &error))?;
    }
    Ok(connection)
}

fn parameters(server: &MailServer) -> Result<TlsParameters, MailError> {
    let not_trusted = |because: String| MailError {
        stage: Stage::Encrypt,
        code: None,
        is_permanent: false,
        because,
    };
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.trusted_certificates {
        let pem = fs::read(path)
            .map_err(|error| not_trusted(format!("{} cannot be read: {error}", path.display())))?;
        let certificate = Certificate::from_pem(&pem)
            .map_err(|_| not_trusted(format!("no certificate in {}", path.display())))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| failed(Stage::Encrypt, &error))
}

/// Whether what came was no TLS, or not by a certificate that is trusted: rustls says so as an error of input.
fn is_distrusted(error: &Error) -> bool {
    let source = std::error::Error::source(error);
    let io = source.and_then(|source| source.downcast_ref::<io::Error>());
    io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData)
}

fn failed(stage: Stage, error: &Error) -> MailError {
    let code = error.status().map(u16::from);
    // What it answers in words may hold the reader's address.
    let because = match code {
        Some(_) => String::new(),
        None => std::error::Error::source(error)
            .map_or_else(|| error.to_string(), std::string::ToString::to_string),
    };
    MailError {
        stage,
        code,
        is_permanent: error.is_permanent(),
        because,
    }
}
